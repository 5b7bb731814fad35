import OrderedCollections
import Parameters
import Testing
import Values

@Suite struct PythonReaderTests {
    @Test func topLevelLiteralsAreRead() throws {
        #expect(
            try read(
                """
                A = 1_000; B: float = 1e-3
                C = -0x1F
                D = "a" 'b' r"\\d"
                E = (1, [2.5, {'k': None, 3: True}])
                F = 1, 2
                G = 018446744073709551616
                H = 18446744073709551616
                I = set()
                """
            ) == [
                "A": .int(1000), "B": .float(0.001), "C": .int(-31), "D": .string("ab\\d"),
                "E": .list([
                    .int(1), .list([.float(2.5), .map(["k": .null, Value.Key("3", isString: false): .bool(true)])]),
                ]),
                "F": .list([.int(1), .int(2)]), "H": .bigInt("18446744073709551616"), "I": .list([]),
            ]
        )
    }

    @Test func classesHoldTheirAttributesAndThoseSetByInit() throws {
        let source = """
            @decorated(x=1)
            class Train(Base[int], metaclass=M):
                '''Doc: x = 1'''
                lr = 0.1
                class Inner: depth = 2; width = 3

                def __init__(self, a=1) -> "T":
                    self.epochs = 70
                    local = 1
                    if a:
                        self.hidden = 1
                    super().__init__()

                def other(self):
                    self.skipped = 1
                    return 1
            AFTER = 'x'
            """
        #expect(
            try read(source) == [
                "Train": .map([
                    "lr": .float(0.1), "Inner": .map(["depth": .int(2), "width": .int(3)]), "epochs": .int(70),
                ]),
                "AFTER": .string("x"),
            ]
        )
    }

    @Test func whatIsNoLiteralIsSkipped() throws {
        let source = """
            import os
            X = os.environ.get("A", 1)
            Y = 1 + 1
            Z = f"{X!r:>{10}} {'a' if X else f"{Y}"}"
            a = b = 3
            c, d = 1, 2
            e: int
            f = b"bytes"
            g = 1j
            h = --1
            i = -True
            j += 1
            if True: k = 1
            match X:
                case 1: l = 1
            async def m():
                n = 1
            o = (lambda p=1: p)
            q[0] = 1
            r.s = 1
            t = {**{}}
            type U = int
            v = [1 for _ in ()]
            while False: w = \\
                1
            x = 1 if True else 2
            last = "\\N{BULLET}\\x41\\u00e9\\101\\q\\
            end"
            """
        #expect(try read(source) == ["last": .string("\u{2022}A\u{E9}A\\qend")])
    }

    @Test func bracketsAndTripleQuotesSpanLines() throws {
        let source = "a = [\n  1,  # one\n\n  2,\n]\nb = '''x\r\n'y'''\r\nc = (\n'd'\n'e')\n"
        #expect(try read(source) == ["a": .list([.int(1), .int(2)]), "b": .string("x\n'y"), "c": .string("de")])
    }

    @Test(arguments: [
        ("a = 'x\n", 1), ("\na = (1\n", 3), ("a = ]\n", 1), ("if x:\n    a = 1\n  b = 2\n", 3), ("x = 1 ? 2", 1),
    ])
    func brokenSourceIsRefused(source: String, line: Int) {
        #expect { try read(source) } throws: { ($0 as? ParameterFileError)?.line == line }
    }

    @Test func deepNestingIsRefused() {
        #expect(throws: ParameterFileError.self) { try read("a = " + String(repeating: "[", count: 100_000)) }
        #expect(throws: ParameterFileError.self) { try read("a = f\"" + String(repeating: "{(", count: 100_000)) }
    }

    private func read(_ source: String) throws -> Value.Map? {
        try ParameterFile.load(bytes: Array(source.utf8), name: "params.py").map
    }
}
