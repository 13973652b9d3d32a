"""Cost against size as SVG, both axes logarithmic, readable on a light and on a dark page."""

import math

import statuses

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 420, 80, 20, 150, 50
COLOURS = ("#2f81f7", "#d29922", "#3fb950", "#a371f7")


def svg(points):
    """`points`: by name, pairs of bytes and milliseconds."""
    everything = [point for line in points.values() for point in line]
    left, right = (math.log2(pick(size for size, _ in everything)) for pick in (min, max))
    low = math.floor(math.log10(min(time for _, time in everything)))
    high = math.ceil(math.log10(max(time for _, time in everything)))

    def x(size):
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log2(size) - left) / (right - left)

    def y(time):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (math.log10(time) - low) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        "<title>Wall time of one set against the size of status.yaml</title>",
        "<style>text{fill:#57606a}.grid{stroke:#8c959f;stroke-opacity:.35}"
        "@media (prefers-color-scheme:dark){text{fill:#c9d1d9}}</style>",
    ]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{at:.1f}" x2="{WIDTH - RIGHT}" y2="{at:.1f}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g} ms</text>')
    for power in range(round(left), round(right) + 1, 2):
        at, label = x(2**power), statuses.size_shown(2**power)
        parts.append(f'<line class="grid" x1="{at:.1f}" y1="{TOP}" x2="{at:.1f}" y2="{HEIGHT - BOTTOM}"/>')
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{label}</text>')
    for (name, line), colour in zip(points.items(), COLOURS):
        way = " ".join(f"{x(size):.1f},{y(time):.1f}" for size, time in line)
        parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        size, time = line[-1]
        parts.append(f'<text x="{x(size) + 8:.1f}" y="{y(time) + 4:.1f}">{name}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">size of status.yaml</text>')
    return "\n".join(parts) + "\n</svg>\n"
