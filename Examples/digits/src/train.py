"""Trains a small neural network and writes its learning curve: train.py PREPARED MODEL CURVE"""

import csv
import sys
from pathlib import Path

import joblib
import numpy
import yaml_params
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier


def main(prepared: Path, model_file: Path, curve_file: Path) -> None:
    params = yaml_params.load("train")
    data = numpy.load(prepared / "train.npz")
    train_x, valid_x, train_y, valid_y = train_test_split(
        data["images"], data["labels"], test_size=0.2, random_state=params["seed"], stratify=data["labels"]
    )
    model = MLPClassifier(
        hidden_layer_sizes=(params["hidden"],),
        learning_rate_init=params["rate"],
        alpha=params["decay"],
        batch_size=params["batch"],
        random_state=params["seed"],
    )
    rows = []
    for epoch in range(1, params["epochs"] + 1):
        model.partial_fit(train_x, train_y, classes=range(10))
        row = {"epoch": epoch}
        for name, x, y in (("train", train_x, train_y), ("validation", valid_x, valid_y)):
            row[f"{name}_loss"] = round(log_loss(y, model.predict_proba(x), labels=range(10)), 6)
            row[f"{name}_accuracy"] = round(accuracy_score(y, model.predict(x)), 6)
        rows.append(row)
    model_file.parent.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, model_file)
    curve_file.parent.mkdir(parents=True, exist_ok=True)
    with curve_file.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"validation accuracy {rows[-1]['validation_accuracy']:.4f} after {len(rows)} epochs")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
