"""Where the figures of a measurement are kept: JSON under var/bench/."""

import json
import os
import subprocess
from pathlib import Path

from kttt_tracker.local.defaults import BASE_DIR, data_folder


def keep(name, figures, options):
    folder = data_folder() / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=BASE_DIR, check=False)
    kept = {"commit": commit.stdout.strip(), "cores": os.cpu_count(), "options": vars(options), "figures": figures}
    path = Path(folder, f"{name}.json")
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False))
    print(f"\nwritten: {path}")
