"""Prints "PASSED FAILED" for a folder of GoogleTest XML files and the JUnit file of the CTest run that made them.

CTest knows programs, GoogleTest knows cases. Cases are counted; a program that failed without a failed case (it crashed,
ran out of time, or was not built) counts as one failure, and one without cases that passed as one test.
"""

import pathlib
import sys
import xml.etree.ElementTree as xml


def cases(file: pathlib.Path) -> tuple[int, int]:
    """Passed and failed cases of one program; skipped and disabled ones count as neither."""
    ran = failed = 0
    for case in xml.parse(file).iter("testcase"):
        if case.get("status") == "run" and case.get("result") == "completed":
            ran += 1
            failed += case.find("failure") is not None
    return ran - failed, failed


def program(folder: pathlib.Path, result: xml.Element) -> tuple[int, int]:
    failed_program = result.get("status") not in ("run", "passed")
    file = folder / f"{result.get('name')}.xml"
    passed, failed = cases(file) if file.exists() else (int(not failed_program), 0)
    return passed, failed or int(failed_program)


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    junit = folder / "ctest.junit"
    if not junit.exists():
        print(0, 1)
        return
    counts = [program(folder, result) for result in xml.parse(junit).iter("testcase")]
    print(sum(passed for passed, _ in counts), sum(failed for _, failed in counts))


main()
