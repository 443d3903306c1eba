"""Two versions of the packs over many runners: what changes for each, the gravest first, and how often each rule fires."""
