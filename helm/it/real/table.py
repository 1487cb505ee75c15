#!/usr/bin/env python3
"""Rows of clients.mjs on standard input.

    table.py                     as a table in Markdown
    table.py --seen              fails if a watcher has not seen a change, or is not live
    table.py --answered          or a request failed
    table.py --unharmed          or a watcher was stale, or not sure to be live, for more than a second
"""
import json
import sys

STALE_MS = 1000
HEAD = ['', 'seconds', 'requests', 'not answered by 2xx', 'longest answer', 'changes', 'stale p50', 'p99', 'longest', 'times a watcher was not live, longest']


def cells(row):
    failures = ', '.join(f'{count} × {kind}' for kind, count in row['failures'].items()) or 'none'
    missed = f", {row['unseen']} not seen" if row['unseen'] else ''
    return [row['name'], row['seconds'], row['requests'], failures, f"{row['answerMax']} ms", row['changes'], f"{row['staleP50']} ms", f"{row['staleP99']} ms",
            f"{row['staleMax']} ms{missed}", f"{row['notLive']}, {row['notLiveMax']} ms" if row['notLive'] else 'none']


HARMS = {
    '--seen': lambda row: row['unseen'] or row['live'] < row['watchers'],
    '--answered': lambda row: row['failures'] or HARMS['--seen'](row),
    '--unharmed': lambda row: HARMS['--answered'](row) or max(row['staleMax'], row['notLiveMax']) > STALE_MS,
}

rows = [json.loads(line) for line in sys.stdin]
if sys.argv[1:]:
    harmed = list(filter(HARMS[sys.argv[1]], rows))
    for row in harmed:
        print('harmed:', *cells(row), sep=' | ')
    sys.exit(1 if harmed or not rows else 0)
for line in [HEAD, ['---'] * len(HEAD), *map(cells, rows)]:
    print('|', ' | '.join(map(str, line)), '|')
