"""Excel workbooks that come in and go out: read with limits, written so that text stays text."""
