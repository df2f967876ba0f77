"""Trains Sapling on the corpus that training/tokenizer/stream.ts makes as it goes. See training/README.md.

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
    parser.add_argument("--batch", type=int, default=32, help="windows in a step")
    parser.add_argument("--rate", type=float, default=1.5e-3, help="highest learning rate")
    parser.add_argument("--warm-up", type=int, default=300)
    parser.add_argument("--decay", type=float, default=0.1)
    parser.add_argument("--asked-weight", type=float, default=0.1, help="what a token of a request counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epoch", type=int, default=200_000, help="documents until the next seed of the corpus")
    parser.add_argument("--data", type=Path, help="tokens made beforehand by stream.ts, where there is no Node")
    parser.add_argument("--held-out", type=Path, help="the same for --held-out")
    parser.add_argument("--check", type=Path, help="the same for --seed 0")
    parser.add_argument("--check-documents", type=int, default=1000, help="how many of them")
    parser.add_argument("--node", default="node")
    parser.add_argument("--evaluate-every", type=int, default=500)
    parser.add_argument("--keep-every", type=int, default=500)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--vocabulary", type=int, default=4096)
    for name, value in (("context", 512), ("width", 256), ("layers", 6), ("heads", 8), ("hidden", 704)):
        parser.add_argument(f"--{name}", type=int, default=value)
    return parser.parse_args()


def documents_of(source, keep=lambda: None):
    """Splits a binary stream of tokens into documents."""
    rest = np.empty(0, dtype=np.uint16)
    while True:
        piece = source.read(1 << 18)
        if not piece:
            return
        rest = np.concatenate((rest, np.frombuffer(piece, dtype="<u2")))
        ends = np.flatnonzero(rest == BETWEEN)
        begin = 0
        for end in ends:
            yield rest[begin:end]
            begin = end + 1
        rest = rest[begin:]


def made(node, *flags):
    """Tokens that stream.ts makes now."""
    command = [node, str(here / "tokenizer" / "stream.ts"), *map(str, flags)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=1 << 18) as process:
        try:
            yield from documents_of(process.stdout)
        finally:
            process.kill()


def read(path):
    with open(path, "rb") as file:
        yield from documents_of(file)


def endless(options, number):
    """Documents from the one with that number on. Each epoch is the corpus of another seed."""
    while True:
        if options.data:
            everything = list(read(options.data))
            while True:
                yield everything[number % len(everything)]
                number += 1
        epoch, start = divmod(number, options.epoch)
        count = options.epoch - start
        for document in made(options.node, "--seed", options.seed + epoch, "--from", start, "--documents", count):
            yield document
            number += 1


class Windows:
    """Packs whole documents into windows; one that does not fit begins the next window. `taken` is where to resume."""

    def __init__(self, documents, context, taken=0):
        self.documents, self.context, self.taken = documents, context, taken
        self.next = None

    def window(self):
        tokens = np.zeros(self.context + 1, dtype=np.uint16)
        numbers = np.zeros(self.context + 1, dtype=np.int64)
        filled, number = 0, 0
        while True:
            document = self.next if self.next is not None else next(self.documents, None)
            self.next = document
            if document is None or (filled and filled + len(document) > self.context + 1):
                return tokens, numbers
            document = document[: self.context + 1]
            number += 1
            tokens[filled : filled + len(document)] = document
            numbers[filled : filled + len(document)] = number
            filled += len(document)
            self.next = None
            self.taken += 1

    def batch(self, size, asked_weight, device):
        """Tokens, targets, the weight of each target and the document of each place: (size, context) each."""
        windows = [self.window() for _ in range(size)]
        tokens = torch.from_numpy(np.stack([each for each, _ in windows]).astype(np.int64))
        numbers = torch.from_numpy(np.stack([each for _, each in windows]))
        ids = tokens & (LEARNED - 1)
        weights = torch.where(tokens[:, 1:] >= LEARNED, 1.0, asked_weight)
        # The first token of a document follows from nothing.
        weights = weights * ((numbers[:, 1:] == numbers[:, :-1]) & (numbers[:, 1:] > 0))
        return (each.to(device) for each in (ids[:, :-1], ids[:, 1:], weights, numbers[:, :-1]))


def loss_of(model, batch, device):
    tokens, targets, weights, numbers = batch
    with torch.autocast(device, dtype=torch.bfloat16, enabled=device == "cuda"):
        scores = model(tokens, numbers)
    each = F.cross_entropy(scores.float().flatten(0, 1), targets.flatten(), reduction="none")
    return (each * weights.flatten()).sum() / weights.sum()


@torch.no_grad()
def evaluate(model, documents, context, device):
    """Mean loss of the tokens to be learned, over all these documents."""
    model.eval()
    windows = Windows(iter(documents), context)
    total, count = 0.0, 0.0
    while windows.taken < len(documents):
        batch = list(windows.batch(8, 0.0, device))
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
    return torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.95))


def keep(path, state):
    """Written beside and moved into place, so that a run that is killed leaves a whole checkpoint."""
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    beside.replace(path)


def main():
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.use_deterministic_algorithms(True)
    sizes = ("vocabulary", "context", "width", "layers", "heads", "hidden")
    config = Config(**{name: getattr(options, name) for name in sizes})
    model = Sapling(config).to(options.device)
    optimizer = optimizer_of(model, options)
    step, taken, seen = 0, 0, 0
    checkpoint = options.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=options.device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, taken, seen = state["step"], state["taken"], state["seen"]
    held_out = list(read(options.held_out) if options.held_out else made(options.node, "--held-out"))
    check = list(read(options.check) if options.check else made(options.node, "--seed", 0, "--documents", options.check_documents))
    windows = Windows(endless(options, taken), config.context, taken)
    count = sum(each.numel() for each in model.parameters())
    print(f"{count:,} parameters on {options.device}, from step {step}", flush=True)
    log = open(options.out / "log.jsonl", "a")
    spent, fresh = 0.0, 0
    while step < options.steps:
        began = time.monotonic()
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, options)
        batch = list(windows.batch(options.batch, options.asked_weight, options.device))
        loss = loss_of(model, batch, options.device)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step += 1
        tokens = int((batch[3] > 0).sum())
        seen, fresh, spent = seen + tokens, fresh + tokens, spent + time.monotonic() - began
        last = step == options.steps
        line = {"step": step, "loss": loss.item(), "seen": seen}
        if step % options.evaluate_every == 0 or last:
            line["held_out"] = evaluate(model, held_out, config.context, options.device)
            line["check"] = evaluate(model, check, config.context, options.device)
            line["tokens_per_second"] = round(fresh / spent)
            print(line, flush=True)
        log.write(json.dumps(line) + "\n")
        log.flush()
        if step % options.keep_every == 0 or last:
            states = {"model": model.state_dict(), "optimizer": optimizer.state_dict()}
            keep(checkpoint, {**states, "step": step, "taken": windows.taken, "seen": seen, "config": asdict(config)})


if __name__ == "__main__":
    main()
