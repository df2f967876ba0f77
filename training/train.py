"""Trains Sapling on the corpus that training/tokenizer/stream.ts makes. See training/README.md.

    python training/train.py --out runs/sapling --steps 20000

A run that was stopped goes on from its last checkpoint when it is called again, to the same losses.
"""

import argparse
import json
import math
import os
import subprocess
import time
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")

import numpy as np
import torch
from torch.nn import functional as F

from model import Config, Sapling

here = Path(__file__).parent
LEARNED, BETWEEN = 0x8000, 0xFFFF


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder of checkpoints and the log")
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=64, help="windows in a step")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--warm-up", type=int, default=300)
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--asked-weight", type=float, default=0.1, help="what a token of a request counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=800_000, help="how many are made to learn from")
    parser.add_argument("--data", type=Path, help="tokens made beforehand by stream.ts, where there is no Node")
    parser.add_argument("--held-out", type=Path, help="the same for --held-out")
    parser.add_argument("--check", type=Path, help="the same for --seed 0")
    parser.add_argument("--check-documents", type=int, default=1000, help="how many of them")
    parser.add_argument("--node", default="node")
    parser.add_argument("--keep-every", type=int, default=500, help="steps until losses and a checkpoint are written")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=torch.cuda.is_available())
    parser.add_argument("--vocabulary", type=int, default=4096)
    for name, value in (("context", 512), ("width", 256), ("layers", 6), ("heads", 8), ("hidden", 704)):
        parser.add_argument(f"--{name}", type=int, default=value)
    return parser.parse_args()


def made(node, *flags):
    """Tokens that stream.ts makes now."""
    command = [node, str(here / "tokenizer" / "stream.ts"), *map(str, flags)]
    return np.frombuffer(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout, dtype="<u2")


def read(path):
    return np.fromfile(path, dtype="<u2")


class Windows:
    """Whole documents packed into windows, in order: one that does not fit begins the next window. `tokens` are (windows,
    context + 1), with the bit LEARNED; `numbers` tell the documents of a window apart, from 1 on, with 0 where none is."""

    def __init__(self, stream, context, device):
        size = context + 1
        ends = np.flatnonzero(stream == BETWEEN)
        begins = np.concatenate(([0], ends[:-1] + 1))
        lengths = np.minimum(ends - begins, size)
        places, filled, window, number = [], 0, 0, 0
        for begin, length in zip(begins.tolist(), lengths.tolist()):
            if filled + length > size:
                window, filled, number = window + 1, 0, 0
            number += 1
            places.append((begin, length, window, filled, number))
            filled += length
        tokens = np.zeros((window + 1, size), dtype=np.uint16)
        numbers = np.zeros((window + 1, size), dtype=np.int16)
        for begin, length, window, at, number in places:
            tokens[window, at : at + length] = stream[begin : begin + length]
            numbers[window, at : at + length] = number
        self.tokens = torch.from_numpy(tokens.astype(np.int32)).to(device)
        self.numbers = torch.from_numpy(numbers).to(device)

    def batch(self, chosen, asked_weight):
        """Tokens, targets, the weight of each target and the document of each place: (windows, context) each."""
        tokens, numbers = self.tokens[chosen], self.numbers[chosen]
        ids = (tokens & (LEARNED - 1)).long()
        weights = torch.where(tokens[:, 1:] >= LEARNED, 1.0, asked_weight)
        # The first token of a document follows from nothing.
        weights = weights * ((numbers[:, 1:] == numbers[:, :-1]) & (numbers[:, 1:] > 0))
        return ids[:, :-1], ids[:, 1:], weights, numbers[:, :-1]


class Order:
    """Which windows a step learns from: all of them in an order drawn from the seed, then all in another, and so on."""

    def __init__(self, count, batch, seed, device):
        self.count, self.batch, self.seed, self.device = count, batch, seed, device
        self.round, self.drawn = -1, None

    def at(self, step):
        round, place = divmod(step, self.count // self.batch)
        if round != self.round:
            generator = torch.Generator().manual_seed(self.seed * 1_000_003 + round)
            self.round, self.drawn = round, torch.randperm(self.count, generator=generator).to(self.device)
        return self.drawn[place * self.batch : (place + 1) * self.batch]


def loss_of(model, batch, device):
    tokens, targets, weights, numbers = batch
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
        scores = model(tokens, numbers)
    each = F.cross_entropy(scores.float().flatten(0, 1), targets.flatten(), reduction="none")
    return (each * weights.flatten()).sum() / weights.sum()


@torch.no_grad()
def evaluate(model, windows, device):
    """Mean loss of the tokens to be learned, over all these windows."""
    model.eval()
    total, count = 0.0, 0.0
    for begin in range(0, len(windows.tokens), 8):
        batch = windows.batch(slice(begin, begin + 8), 0.0)
        weight = batch[2].sum().item()
        total += loss_of(model, batch, device).item() * weight
        count += weight
    model.train()
    return total / count


def rate_at(step, options):
    if step < options.warm_up:
        return options.rate * (step + 1) / options.warm_up
    share = (step - options.warm_up) / max(1, options.steps - options.warm_up)
    return options.rate * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(1, share))))


def optimizer_of(model, options):
    matrices = [each for each in model.parameters() if each.dim() > 1]
    others = [each for each in model.parameters() if each.dim() <= 1]
    groups = [{"params": matrices, "weight_decay": options.decay}, {"params": others, "weight_decay": 0.0}]
    fused = {"fused": True} if options.device == "cuda" else {}
    return torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.95), **fused)


def keep(path, state):
    """Written beside and moved into place, so that a run that is killed leaves a whole checkpoint."""
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    beside.replace(path)


def streams(options):
    """The tokens to learn from, those of the held-out prompts, and those of a corpus that is never trained on."""
    node = options.node
    return {
        "learned": read(options.data) if options.data else made(node, "--seed", options.seed, "--documents", options.documents),
        "held_out": read(options.held_out) if options.held_out else made(node, "--held-out"),
        "check": read(options.check) if options.check else made(node, "--seed", 0, "--documents", options.check_documents),
    }


def main():
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(True)
    sizes = ("vocabulary", "context", "width", "layers", "heads", "hidden")
    config = Config(**{name: getattr(options, name) for name in sizes})
    model = Sapling(config).to(options.device)
    optimizer = optimizer_of(model, options)
    step, seen = 0, 0
    checkpoint = options.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=options.device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, seen = state["step"], state["seen"]
    windows = {name: Windows(stream, config.context, options.device) for name, stream in streams(options).items()}
    learned = windows["learned"]
    order = Order(len(learned.tokens), options.batch, options.seed, options.device)
    count = sum(each.numel() for each in model.parameters())
    print(f"{count:,} parameters on {options.device}, {len(learned.tokens):,} windows, from step {step}", flush=True)
    scored = torch.compile(model) if options.compile else model
    log = open(options.out / "log.jsonl", "a")
    lines, fresh, began = [], 0, time.monotonic()
    while step < options.steps:
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, options)
        batch = learned.batch(order.at(step), options.asked_weight)
        loss = loss_of(scored, batch, options.device)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        # Nothing is asked of a GPU before it is needed, so that it need not wait.
        lines.append((step, loss.detach(), (batch[3] > 0).sum()))
        last = step == options.steps
        if step % options.keep_every == 0 or last:
            for number, loss, tokens in lines:
                seen, fresh = seen + tokens.item(), fresh + tokens.item()
                line = {"step": number, "loss": round(loss.item(), 6), "seen": seen}
                if number == step:
                    line["tokens_per_second"] = round(fresh / (time.monotonic() - began))
                    for name in ("held_out", "check"):
                        line[name] = evaluate(model, windows[name], options.device)
                    print(line, flush=True)
                log.write(json.dumps(line) + "\n")
            log.flush()
            states = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
            keep(checkpoint, {**states, "step": step, "seen": seen, "config": asdict(config)})
            lines, fresh, began = [], 0, time.monotonic()


if __name__ == "__main__":
    main()
