"""How long a plan takes, and what the plans of others would cost: bench/placement prints it, line by line."""
import json
import subprocess


def measure(setup, plans):
    done = subprocess.run(["dotnet", setup.placement, str(plans)], stdout=subprocess.PIPE, text=True, check=True, timeout=1800)
    return [json.loads(line) for line in done.stdout.splitlines()]
