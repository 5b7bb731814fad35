import Values

extension YAMLParser {
    /// Reads the whole text; nil when there is no content.
    mutating func document() throws(SyntaxError) -> YAMLNode? {
        let isExplicit = try prologue()
        let origin = here
        let crossed = try skipToToken()
        let root: YAMLNode?
        if isAtEnd || isAtDocumentMarker {
            root = nil
        } else {
            here = origin
            root = try blockNode(parent: -1, startsBlock: crossed || !isExplicit, isMappingValue: false)
        }
        try epilogue(hasContent: root != nil)
        return root
    }

    /// Reads directives and `---`, which gives true.
    private mutating func prologue() throws(SyntaxError) -> Bool {
        var hasDirective = false
        while true {
            let start = here
            _ = try skipToToken()
            if column == 0, current == UInt8(ascii: "%") {
                try directive()
                hasDirective = true
            } else if isAtDocumentMarker, current == UInt8(ascii: "-") {
                here.position += 3
                lastTokenLine = 0
                return true
            } else if isAtDocumentMarker {
                here.position += 3
            } else {
                guard !hasDirective else { throw error("a directive needs '---' after it") }
                here = start
                return false
            }
        }
    }

    private mutating func directive() throws(SyntaxError) {
        let start = here.position
        while !isAtEnd, !isBreak(current) { here.position += 1 }
        let words = text(start, here.position).split { $0 == " " || $0 == "\t" }
        if words.first == "%TAG" {
            guard words.count >= 3 else { throw error("a %TAG directive needs a handle and a prefix") }
            tagHandles[String(words[1])] = String(words[2])
        }
        if words.first == "%YAML", words.count < 2 || !words[1].hasPrefix("1.") {
            throw error("not a version of YAML that can be read")
        }
    }

    private mutating func epilogue(hasContent: Bool) throws(SyntaxError) {
        _ = try skipToToken()
        var isClosed = false
        while !isAtEnd {
            guard isAtDocumentMarker else {
                throw error(isClosed ? "only one document is expected" : "unexpected text after the end of a value")
            }
            guard current == UInt8(ascii: ".") else { throw error("only one document is expected") }
            here.position += 3
            isClosed = true
            let crossed = try skipToToken()
            guard crossed || isAtEnd else { throw error("unexpected text after '...'") }
        }
        guard isAtEnd || hasContent else { throw error("unexpected text") }
    }
}
