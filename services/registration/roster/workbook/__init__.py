"""Workbooks (.xlsx) read as a stream: nothing is held but the row at hand, nothing is believed.

A reader of our own, because those there are hold every text and every row's format in memory."""
