import Testing
import Values

@Suite struct PythonNumberTests {
    @Test(arguments: [
        (100_000.0, "100000.0"), (1e-5, "1e-05"), (1e22, "1e+22"), (0.1 + 0.2, "0.30000000000000004"), (1e16, "1e+16"),
        (9_007_199_254_740_993.0, "9007199254740992.0"), (0.0001, "0.0001"), (-1.5, "-1.5"), (-0.0, "-0.0"),
        (123_456_789_012_345_680.0, "1.2345678901234568e+17"), (1e15, "1000000000000000.0"),
    ])
    func reprIsPythons(number: Double, text: String) {
        #expect(PythonNumber.repr(number) == text)
    }
}
