"""What an API server, or what lies between it and its client, can do instead of answering: the fake server's DEEDS.

A deed gets the connection and `real`, which does what the request asks for and returns the bytes of the answer. A deed
that does not call it leaves the object as it was. BEFORE_TLS are deeds of a connection that gets no handshake.
"""
import random
import socket
import struct

LARGE = 20 << 20  # more than the 16 MiB that a client has to accept
BLOCK = b" " * (1 << 16)
DEEDS = {}


def deed(function):
    """Enters it in DEEDS: a_name as a-name."""
    DEEDS[function.__name__.replace("_", "-")] = function
    return function


@deed
def close(connection, real):
    connection.drop()


@deed
def apply_and_close(connection, real):
    """The request is done, and its answer lost."""
    real()
    connection.drop()


@deed
def reset(connection, real):
    connection.reset()


@deed
def hang(connection, real):
    connection.wait(None)


@deed
def apply_and_hang(connection, real):
    real()
    connection.wait(None)


@deed
def slow(connection, real):
    connection.wait(0.7)
    connection.send_answer(200, real())


@deed
def slow_conflict(connection, real):
    """A 409, but only when the client has had time to do something else."""
    connection.wait(0.7)
    connection.send_answer(409, b'{"kind": "Status", "message": "the object has been modified", "code": 409}')


@deed
def drip(connection, real):
    """A byte each tenth of a second: no single read ever waits for long."""
    body = real()
    for byte in connection.head(200, body) + body:
        connection.send(bytes([byte]))
        if connection.wait(0.1):
            return


@deed
def drip_body(connection, real):
    body = real()
    connection.send(connection.head(200, body))
    for byte in body:
        connection.send(bytes([byte]))
        if connection.wait(0.1):
            return


@deed
def drip_headers(connection, real):
    """A header each tenth of a second, without an end."""
    connection.send(b"HTTP/1.1 200 OK\r\n")
    while not connection.wait(0.1):
        connection.send(b"X-Filler: x\r\n")


@deed
def truncate(connection, real):
    body = real()
    connection.send(connection.head(200, body) + body[:len(body) // 2])
    connection.drop()


@deed
def truncate_head(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: applica")
    connection.drop()


@deed
def huge(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % LARGE)
    for _ in range(LARGE // len(BLOCK)):
        connection.send(BLOCK)


@deed
def huge_chunked(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(LARGE // len(BLOCK)):
        connection.send(b"%x\r\n%s\r\n" % (len(BLOCK), BLOCK))
    connection.send(b"0\r\n\r\n")


@deed
def huge_no_length(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
    for _ in range(LARGE // len(BLOCK)):
        connection.send(BLOCK)
    connection.drop()


@deed
def garbage(connection, real):
    connection.send(random.Random(1).randbytes(4096))
    connection.drop()


@deed
def garbage_line(connection, real):
    connection.send(b"220 mail.example.com ESMTP\r\n\r\n")
    connection.drop()


@deed
def http_2(connection, real):
    """An empty SETTINGS frame, with which a server that insists on HTTP/2 would begin."""
    connection.send(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00")
    connection.drop()


@deed
def long_header(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nX-Filler: ")
    for _ in range(64):
        connection.send(b"x" * (1 << 16))
    connection.send_answer(200, real(), first_line=b"\r\n")


@deed
def many_headers(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\n")
    for _ in range(200):
        connection.send(b"X-Filler: x\r\n" * 1000)
    connection.send_answer(200, real(), first_line=b"")


@deed
def header_without_colon(connection, real):
    connection.send_answer(200, real(), first_line=b"HTTP/1.1 200 OK\r\nno colon here\r\n")


@deed
def zero_byte_in_head(connection, real):
    connection.send_answer(200, real(), first_line=b"HTTP/1.1 200 OK\r\nX-Zero: a\0b\r\n")


@deed
def chunked(connection, real):
    """As RFC 9112 allows it: chunks of all sizes, their sizes in both cases, extensions, and trailers."""
    body = real()
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    size = 1
    while body:
        part, body = body[:size], body[size:]
        form = b"%X" if size % 2 else b"%x;name=\"value\""
        connection.send(form % len(part) + b"\r\n" + part + b"\r\n")
        size = size * 3 + 1
    connection.send(b"0\r\nX-Trailer: x\r\n\r\n")


@deed
def bad_chunk(connection, real):
    real()
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n")


@deed
def overflowing_chunk(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n")


@deed
def negative_chunk(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n")


@deed
def chunk_without_end(connection, real):
    """The bytes behind a chunk are no line's end."""
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n")


@deed
def truncated_chunk(connection, real):
    body = real()
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body)
    connection.drop()


@deed
def no_length(connection, real):
    """The body ends with the connection."""
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + real())
    connection.end()


@deed
def bad_length(connection, real):
    real()
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}")


@deed
def negative_length(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}")


@deed
def overflowing_length(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551618\r\n\r\n{}")


@deed
def two_lengths(connection, real):
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x")


@deed
def http_1_0(connection, real):
    connection.send(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + real())
    connection.end()


@deed
def continue_100(connection, real):
    connection.send(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
    connection.send_answer(200, real())


@deed
def endless_100(connection, real):
    while not connection.wait(0.01):
        connection.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 10)


@deed
def close_afterwards(connection, real):
    connection.send_answer(200, real(), headers={"Connection": "close"})
    connection.end()


@deed
def close_unannounced(connection, real):
    """The connection ends behind a good answer, as an idle one does, so that the next request meets a closed one."""
    connection.send_answer(200, real())
    connection.end()


@deed
def deep(connection, real):
    connection.send_answer(200, b"[" * 1000000)


@deed
def empty(connection, real):
    connection.send_answer(200, b"")


DEEDS["100-continue"] = DEEDS.pop("continue-100")


def set_to_reset(stream):
    """The next close() sends RST."""
    stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def plain_http(connection):
    """What a Go server says to TLS on a port that has none."""
    connection.request.recv(1 << 16)
    connection.request.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTPS request to an HTTP server.\n")


def garbage_before_tls(connection):
    connection.request.sendall(random.Random(2).randbytes(4096))


def drip_before_tls(connection):
    """The head of a TLS record, and then its bytes one by one."""
    connection.request.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
    while not connection.wait(0.1):
        connection.request.sendall(b"\0")


BEFORE_TLS = {
    "close": lambda connection: None,
    "reset": lambda connection: set_to_reset(connection.request),
    "hang": lambda connection: connection.wait(None),
    "plain": plain_http,
    "garbage": garbage_before_tls,
    "drip": drip_before_tls,
}
