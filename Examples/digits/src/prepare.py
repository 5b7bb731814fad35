"""Reads the images and splits them: prepare.py RAW PREPARED"""

import sys
from pathlib import Path

import numpy
import yaml_params
from PIL import Image
from sklearn.model_selection import train_test_split


def main(raw: Path, prepared: Path) -> None:
    params = yaml_params.load("prepare")
    files = sorted(raw.glob("*/*.png"))
    images = numpy.stack([numpy.asarray(Image.open(file), dtype=numpy.float32).ravel() / 255 for file in files])
    labels = numpy.array([int(file.parent.name) for file in files])
    parts = train_test_split(
        images, labels, test_size=params["test_share"], random_state=params["seed"], stratify=labels
    )
    prepared.mkdir(parents=True, exist_ok=True)
    numpy.savez(prepared / "train.npz", images=parts[0], labels=parts[2])
    numpy.savez(prepared / "test.npz", images=parts[1], labels=parts[3])
    print(f"{len(parts[0])} images to train with, {len(parts[1])} to test with")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
