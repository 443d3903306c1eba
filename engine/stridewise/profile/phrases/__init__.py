"""Read what clinicians jot down, a finding or a symptom as it is typed on a clinic day: `entries` is the way in."""
