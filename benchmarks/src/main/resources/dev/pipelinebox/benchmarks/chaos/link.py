# Breaks the links of other processes of this user from outside. A line on standard input says how: "cut PID", "half PID"
# or "stall PID SECONDS". The answer is "done", "none" if the process has no link or is gone, or "cannot" and why.
import ctypes
import errno
import os
import socket
import struct
import sys
import threading
import time

# Linux system calls and requests of ptrace: linux/unistd.h, sys/ptrace.h.
PIDFD_OPEN = 434
PIDFD_GETFD = 438
PTRACE_SEIZE = 0x4206
PTRACE_INTERRUPT = 0x4207
PTRACE_DETACH = 17
WAIT_FOR_THREADS = 0x40000000

# The kernel keeps fifteen letters of "pipelinebox-link".
LINK_THREAD = "pipelinebox-lin"
GONE = (errno.ESRCH, errno.ENOENT, errno.EBADF, errno.EPIPE, errno.ENOTCONN, errno.ECONNRESET)

libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def checked(result):
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def is_link(candidate):
    try:
        return candidate.family == socket.AF_UNIX and str(candidate.getpeername()).endswith("/s")
    except OSError:
        return False


def link_of(pid):
    """A duplicate of the socket that connects a worker with its master, or None."""
    process = checked(libc.syscall(PIDFD_OPEN, pid, 0))
    try:
        for number in os.listdir(f"/proc/{pid}/fd"):
            if os.readlink(f"/proc/{pid}/fd/{number}").startswith("socket:"):
                candidate = socket.socket(fileno=checked(libc.syscall(PIDFD_GETFD, process, int(number), 0)))
                if is_link(candidate):
                    return candidate
                candidate.close()
    finally:
        os.close(process)
    return None


def cut(link):
    link.shutdown(socket.SHUT_RDWR)


def half(link):
    """The beginning of a frame of 4096 bytes; the rest never comes, and what the worker sends does not fit it."""
    link.sendall(struct.pack(">i", 4096) + b"\0", socket.MSG_DONTWAIT)


def broken(pid, how):
    link = link_of(pid)
    if link is None:
        return "none"
    with link:
        how(link)
    return "done"


def thread_of(pid):
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/comm") as name:
            if name.read().strip() == LINK_THREAD:
                return int(thread)
    return None


def stall(pid, seconds, answer):
    """Stops the thread of the link and no other. All requests have to come from one thread of this process."""
    try:
        thread = thread_of(pid)
        if thread is None:
            answer.append("none")
            return
        checked(libc.ptrace(PTRACE_SEIZE, thread, None, None))
        checked(libc.ptrace(PTRACE_INTERRUPT, thread, None, None))
        os.waitpid(thread, WAIT_FOR_THREADS)
        answer.append("done")
        time.sleep(seconds)
        libc.ptrace(PTRACE_DETACH, thread, None, None)
    except OSError as problem:
        answer.append(shown(problem))


def shown(problem):
    return "none" if problem.errno in GONE else f"cannot {problem.strerror}"


def stalled(pid, seconds):
    answer = []
    thread = threading.Thread(target=stall, args=(pid, seconds, answer), daemon=True)
    thread.start()
    while not answer:
        time.sleep(0.001)
    return answer[0]


def obey(command, pid, *rest):
    if command == "stall":
        return stalled(int(pid), float(rest[0]))
    try:
        return broken(int(pid), {"cut": cut, "half": half}[command])
    except OSError as problem:
        return shown(problem)


print("ready", flush=True)
for line in sys.stdin:
    print(obey(*line.split()), flush=True)
