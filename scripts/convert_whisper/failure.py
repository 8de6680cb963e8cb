"""The one exception that ends a conversion with a message instead of a traceback."""

WRONG_CALL, UNUSABLE, NOT_THERE, NOT_WRITABLE = 2, 65, 66, 73


class ConversionFailure(Exception):
    """`text` says what is wrong and what to do; `status` is the exit status."""

    def __init__(self, text, status=UNUSABLE):
        super().__init__(text)
        self.status = status
