extension CellWidth {
    /// The running width of a text, scalar by scalar, with the joined forms of emoji and Indic scripts.
    struct Measure {
        private var done = 0
        private var cluster = 0
        private var base: Unicode.Scalar?
        private var baseTakesMarks = false
        private var flags = 0
        private var afterVirama = false

        /// The cells so far.
        var total: Int { done + cluster }

        /// Takes a zero width joiner; returns whether it swallows the next scalar.
        mutating func join() -> Bool {
            if afterVirama { return false }
            return true
        }

        /// Takes a scalar; returns false when it is a control character, which has no width.
        mutating func add(_ scalar: Unicode.Scalar) -> Bool {
            if scalar == "\u{FE0F}", baseTakesMarks, let base {
                if base.properties.isEmoji, CellWidth.of(base) == 1 { cluster = 2 }
                baseTakesMarks = false
                return true
            }
            if joinsFlagOrFace(scalar) { return true }
            let width = CellWidth.of(scalar)
            if width < 0 { return false }
            if width > 0 { start(scalar, width: width) } else { mark(scalar) }
            return true
        }

        /// Whether the scalar is the second half of a flag, or the skin tone of the emoji before it.
        private mutating func joinsFlagOrFace(_ scalar: Unicode.Scalar) -> Bool {
            if (0x1F1E6...0x1F1FF).contains(scalar.value) {
                flags += 1
                guard flags.isMultiple(of: 2) else { return false }
                base = scalar
                return true
            }
            flags = 0
            guard (0x1F3FB...0x1F3FF).contains(scalar.value), let base else { return false }
            return base.properties.isEmoji && base.value > 0x7F
        }

        private mutating func start(_ scalar: Unicode.Scalar, width: Int) {
            if afterVirama {
                cluster = 2
            } else {
                done += cluster
                cluster = width
            }
            base = scalar
            baseTakesMarks = true
            afterVirama = false
        }

        private mutating func mark(_ scalar: Unicode.Scalar) {
            afterVirama = scalar.properties.canonicalCombiningClass == .virama
            guard !afterVirama, baseTakesMarks else { return }
            if scalar.properties.generalCategory == .spacingMark {
                cluster = 2
                baseTakesMarks = false
            }
        }
    }
}
