"""Sapling: a decoder-only transformer. Pre-norm (RMSNorm), rotary positions, SwiGLU, tied embeddings, no biases."""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Config:
    vocabulary: int
    context: int = 512
    width: int = 256
    layers: int = 6
    heads: int = 8
    hidden: int = 704
    rotary_base: float = 10_000.0
    epsilon: float = 1e-5


class Norm(nn.Module):
    """RMSNorm, in float32 whatever the rest is in."""

    def __init__(self, width, epsilon):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x):
        wide = x.float()
        return (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight).to(x.dtype)


def rotary(config):
    """Cosines and sines for each place and each pair of a head: (context, head / 2) each."""
    size = config.width // config.heads
    rates = config.rotary_base ** (-torch.arange(0, size, 2).float() / size)
    angles = torch.arange(config.context).float()[:, None] * rates[None, :]
    return angles.cos(), angles.sin()


def turn(x, cosines, sines):
    """Turns the first half of each head against the second: x is (batch, heads, places, head)."""
    one, two = x.chunk(2, dim=-1)
    return torch.cat((one * cosines - two * sines, two * cosines + one * sines), dim=-1).to(x.dtype)


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config.width
        self.heads = config.heads
        self.attention_norm = Norm(width, config.epsilon)
        self.queries_keys_values = nn.Linear(width, 3 * width, bias=False)
        self.attention_out = nn.Linear(width, width, bias=False)
        self.feed_norm = Norm(width, config.epsilon)
        self.gate_up = nn.Linear(width, 2 * config.hidden, bias=False)
        self.down = nn.Linear(config.hidden, width, bias=False)

    def forward(self, x, cosines, sines, mask):
        x = x + self.attention_out(self.attend(self.attention_norm(x), cosines, sines, mask))
        gate, up = self.gate_up(self.feed_norm(x)).chunk(2, dim=-1)
        return x + self.down(F.silu(gate) * up)

    def attend(self, x, cosines, sines, mask):
        batch, places, width = x.shape
        split = (batch, places, self.heads, width // self.heads)
        q, k, v = (each.view(split).transpose(1, 2) for each in self.queries_keys_values(x).chunk(3, dim=-1))
        q, k = turn(q, cosines, sines), turn(k, cosines, sines)
        if hasattr(F, "scaled_dot_product_attention"):
            seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        else:
            scores = (q @ k.transpose(-1, -2)) / math.sqrt(q.shape[-1])
            seen = scores.masked_fill(~mask, float("-inf")).softmax(-1) @ v
        return seen.transpose(1, 2).reshape(batch, places, width)


class Sapling(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(config.vocabulary, config.width)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = Norm(config.width, config.epsilon)
        cosines, sines = rotary(config)
        self.register_buffer("cosines", cosines, persistent=False)
        self.register_buffer("sines", sines, persistent=False)
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                # What is added to the stream is made smaller, the more often that happens.
                into = name.endswith(("attention_out.weight", "down.weight"))
                nn.init.normal_(parameter, std=0.02 / (math.sqrt(2 * config.layers) if into else 1))

    def forward(self, tokens, documents):
        """Scores of each next token. `documents` numbers the document of each place: none looks into another."""
        places = tokens.shape[1]
        before = torch.ones(places, places, dtype=torch.bool, device=tokens.device).tril()
        mask = (before & (documents[:, :, None] == documents[:, None, :]))[:, None]
        cosines, sines = self.cosines[:places], self.sines[:places]
        x = self.embedding(tokens)
        for block in self.blocks:
            x = block(x, cosines, sines, mask)
        return F.linear(self.norm(x), self.embedding.weight)
