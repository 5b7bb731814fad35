import OrderedCollections
import Values
import YAML

extension PipelineResolver {
    /// The elements of a list outside of `stages`; faulty ones are left out and noted.
    mutating func section(_ name: Value.Key) -> [Value] {
        let elements = root[name]?.list ?? []
        return elements.enumerated().compactMap { index, element in
            resolve(element, at: [.key(name), .index(index)], subject: "'\(name).\(index)'")
        }
    }

    mutating func artifacts() -> Value.Map {
        var result: Value.Map = [:]
        for (key, element) in root["artifacts"]?.map ?? [:] {
            let path: [YAMLStep] = [.key("artifacts"), .key(key)]
            let subject = "'artifacts.\(key)'"
            guard let name = resolve(.string(key.text), at: path, subject: subject) else { continue }
            guard let text = name.string else {
                faults.append(
                    PipelineDiagnostic(
                        path: path,
                        subject: subject,
                        message: "expected str, got \(name.pythonType)",
                        isOfResolution: true
                    )
                )
                continue
            }
            if let value = resolve(element, at: path, subject: subject) {
                result[Value.Key(text)] = value
            }
        }
        return result
    }

    private mutating func resolve(_ value: Value, at path: [YAMLStep], subject: String) -> Value? {
        var resolver = TemplateResolver(context, options: options)
        do {
            try TemplateResolver.check(value)
            return try resolver.resolve(value, key: nil)
        } catch {
            faults.append(error.diagnostic(at: path, subject: subject))
            return nil
        }
    }
}
