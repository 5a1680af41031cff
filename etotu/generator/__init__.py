"""Makes batches of plainly made-up notices for demonstration, tests and measurements."""

from etotu.generator.batch import GeneratedBatch, generate

__all__ = ["GeneratedBatch", "generate"]
