"""One person wherever he appears: finding him, his links and corrections, what may be shown, whether to market to him."""
