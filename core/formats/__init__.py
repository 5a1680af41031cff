"""How dates, times and numbers are written and read. What people may type is the same in every language."""

from itertools import product

# Finnish, and ISO as the browser's own date field sends it. The first one is how a field shows its value.
INPUT_DATES = ["%d.%m.%Y", "%Y-%m-%d"]
INPUT_TIMES = ["%H.%M", "%H:%M", "%H.%M.%S", "%H:%M:%S"]
INPUT_MOMENTS = [f"{day}{blank}{time}" for day, blank, time in product(INPUT_DATES, (" ", "T"), INPUT_TIMES)]
