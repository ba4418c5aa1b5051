# Measures a multiprocessing.Pool of two workers: a line on standard input says what to do, a line of JSON answers.
import json
import multiprocessing
import sys
import time


def same(argument):
    return argument


def drain(results):
    count = 0
    for _ in results:
        count += 1
    return count


def numbers(pool, how, chunk, tasks):
    begin = time.perf_counter()
    done = drain(getattr(pool, how)(same, range(int(tasks)), chunksize=int(chunk)))
    assert done == int(tasks)
    return {"seconds": time.perf_counter() - begin}


def one_by_one(pool, tasks):
    took = []
    for i in range(int(tasks)):
        begin = time.perf_counter()
        pool.apply(same, (i,))
        took.append(time.perf_counter() - begin)
    took.sort()
    return {
        "p50": took[len(took) // 2],
        "p99": took[len(took) * 99 // 100],
        "p999": took[len(took) * 999 // 1000],
    }


def blobs(pool, size, tasks):
    payload = bytes(int(size))
    begin = time.perf_counter()
    drain(pool.imap_unordered(same, (payload for _ in range(int(tasks)))))
    return {"seconds": time.perf_counter() - begin}


def main():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        drain(pool.map(same, range(10000)))
        print("{}", flush=True)
        for line in sys.stdin:
            words = line.split()
            measure = {"numbers": numbers, "apply": one_by_one, "bytes": blobs}[words[0]]
            print(json.dumps(measure(pool, *words[1:])), flush=True)


main()
