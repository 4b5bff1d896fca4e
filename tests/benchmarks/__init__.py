"""Measurements that report and never fail: `make benchmark`, or each alone with `python -m`."""
