"""Writes the artifact that ships: weights in int8, each row with its own scale; tokenizer, card and hash.

    python training/export.py runs/sapling --out lib/sapling/sapling-1.bin

The file: "SAPLING1", the length of the header (4 bytes, little-endian), the header in JSON, padded with spaces so that the
body begins at a multiple of 64, and the body. The header names each tensor with its shape, its type and where it lies in
the body; "scales" are float32, one for each row. A weight is its int8 times the scale of its row.
"""

import argparse
import hashlib
import json
import subprocess
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from model import Config, Sapling
from train import Windows, evaluate, made, read

here = Path(__file__).parent
MAGIC = b"SAPLING1"
ALIGN = 64


def quantized(weight):
    """Each row in 255 steps around nought. Of several scales the one is taken that leaves the least error: a row with
    one large weight is better off if that is clipped a little."""
    largest = weight.abs().amax(1, keepdim=True).clamp_min(1e-8)
    best, least = None, None
    for share in (1.0, 0.97, 0.94, 0.9, 0.86, 0.82):
        scale = largest * share / 127
        steps = (weight / scale).round().clamp(-127, 127)
        error = (steps * scale - weight).pow(2).sum(1, keepdim=True)
        if best is None:
            best, least = scale, error
        better = error < least
        best, least = torch.where(better, scale, best), torch.where(better, error, least)
    return (weight / best).round().clamp(-127, 127).to(torch.int8), best.squeeze(1)


class Body:
    def __init__(self):
        self.bytes = bytearray()

    def add(self, array):
        self.bytes.extend(b"\0" * (-len(self.bytes) % ALIGN))
        at = len(self.bytes)
        self.bytes.extend(array.tobytes())
        return at


def packed(weights):
    """Tensors as the header names them, and the body that they lie in."""
    body, tensors = Body(), []
    for name, weight in weights.items():
        entry = {"name": name, "shape": list(weight.shape)}
        if weight.dim() > 1:
            steps, scales = quantized(weight.float())
            entry |= {"type": "int8", "at": body.add(steps.numpy()), "scales": body.add(scales.numpy())}
        else:
            entry |= {"type": "float32", "at": body.add(weight.float().numpy())}
        tensors.append(entry)
    return tensors, bytes(body.bytes)


def write(path, header, body):
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % ALIGN)
    path.write_bytes(MAGIC + len(text).to_bytes(4, "little") + text + body)


def load(path):
    """An artifact's header, and its weights as a model takes them."""
    data = path.read_bytes()
    if data[:8] != MAGIC:
        raise ValueError(f"{path} is no Sapling.")
    end = 12 + int.from_bytes(data[8:12], "little")
    header, body = json.loads(data[12:end]), data[end:]
    if hashlib.sha256(body).hexdigest() != header["sha256"]:
        raise ValueError(f"{path} is damaged.")

    def array(kind, at, shape):
        return torch.from_numpy(np.frombuffer(body, kind, int(np.prod(shape)), at).reshape(shape).copy())

    weights = {}
    for entry in header["tensors"]:
        values = array(entry["type"], entry["at"], entry["shape"]).float()
        if entry["type"] == "int8":
            values = values * array("float32", entry["scales"], entry["shape"][:1])[:, None]
        weights[entry["name"]] = values
    return header, weights


def losses(model, windows):
    return {name: round(evaluate(model, each, "cpu"), 4) for name, each in windows.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--node", default="node")
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--check", type=Path)
    options = parser.parse_args()
    state = torch.load(options.run / "checkpoint.pt", map_location="cpu")
    config = Config(**state["config"])
    model = Sapling(config)
    model.load_state_dict(state["model"])
    streams = {
        "held_out": read(options.held_out) if options.held_out else made(options.node, "--held-out"),
        "check": read(options.check) if options.check else made(options.node, "--seed", 0, "--documents", 1000),
    }
    windows = {name: Windows(each, config.context, "cpu") for name, each in streams.items()}
    before = losses(model, windows)
    tensors, body = packed(model.state_dict())
    digest = hashlib.sha256(body).hexdigest()
    tokenizer = json.loads((here / "tokenizer" / "tokenizer.json").read_text())
    card = {"name": "sapling-1", "steps": state["step"], "tokens": state["seen"], "loss": before}
    header = {"card": card, "config": asdict(config), "tokenizer": tokenizer, "tensors": tensors, "sha256": digest}
    write(options.out, header, body)
    _, weights = load(options.out)
    model.load_state_dict(weights)
    after = losses(model, windows)
    size = options.out.stat().st_size
    print(json.dumps({"bytes": size, "sha256": digest, "before": before, "after": after}))
    if size > 8_000_000:
        raise SystemExit("More than 8 MB.")


if __name__ == "__main__":
    main()
