#!/usr/bin/env python3
"""Rows of clients.mjs on standard input as a table in Markdown; with --unharmed and names of rows: whether in these no request failed
and no watcher was stale, or said that it may be, for more than a second."""
import json
import sys

STALE_MS = 1000
rows = [json.loads(line) for line in sys.stdin]


def harm(row):
    if row['failures'] or row['unseen']:
        return True
    return row['staleMax'] > STALE_MS or row['notLiveMax'] > STALE_MS


def cells(row):
    failures = ', '.join(f'{count} × {kind}' for kind, count in row['failures'].items()) or 'none'
    missed = f", {row['unseen']} not seen" if row['unseen'] else ''
    return [row['name'], row['seconds'], row['requests'], failures, f"{row['answerMax']} ms", row['changes'], f"{row['staleP50']} ms", f"{row['staleP99']} ms",
            f"{row['staleMax']} ms{missed}", f"{row['notLive']}, {row['notLiveMax']} ms"]


if sys.argv[1:2] == ['--unharmed']:
    missing = set(sys.argv[2:]) - {row['name'] for row in rows}
    harmed = [row for row in rows if row['name'] in sys.argv[2:] and harm(row)]
    for row in harmed:
        print('not unharmed:', *cells(row), sep=' | ')
    sys.exit(1 if missing or harmed else 0)
head = ['', 'seconds', 'requests', 'not answered by 2xx', 'longest answer', 'changes', 'stale p50', 'p99', 'longest', 'watchers not live, longest']
for line in [head, ['---'] * len(head), *map(cells, rows)]:
    print('|', ' | '.join(map(str, line)), '|')
