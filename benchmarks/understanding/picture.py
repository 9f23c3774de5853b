"""The confusion matrix of the categories as a picture. Called by ``__main__``; draws with matplotlib."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path


def draw_confusion(pairs: Sequence[tuple[str, str]], file: Path) -> None:
    """Draw how many texts of each category (rows) were taken for which (columns); zero stays white."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    labels = sorted({label for pair in pairs for label in pair})
    counts = Counter(pairs)
    grid = [[counts[truth, guess] for guess in labels] for truth in labels]
    figure, axes = plt.subplots(figsize=(9, 8), dpi=90)
    shares = [[cell / max(sum(row), 1) for cell in row] for row in grid]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=90)
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlabel("taken for")
    axes.set_ylabel("about")
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            if cell:
                colour = "white" if shares[y][x] > 0.5 else "black"
                axes.text(x, y, str(cell), ha="center", va="center", fontsize=7, color=colour)
    figure.tight_layout()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Software": None})
    plt.close(figure)
