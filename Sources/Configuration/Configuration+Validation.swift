import Basics

extension Configuration {
    /// Checks every setting against the schema and throws the first fault, in DVC's words.
    package func validate() throws(ConfigurationError) {
        if let fault = Self.faults(in: merged).first { throw .invalid(fault) }
    }

    /// Everything the schema objects to.
    package var faults: [ConfigurationError.Problem] { Self.faults(in: merged) }

    static func faults(in settings: MergedSettings) -> [ConfigurationError.Problem] {
        settings.strays + settings.sections.flatMap(faults)
    }

    private static func faults(in section: MergedSettings.Section) -> [ConfigurationError.Problem] {
        switch section.name.kind {
        case .remote: return remoteFaults(section)
        case .machine, .database:
            return faults(in: section, options: ConfigurationSchema.options(of: section.name.kind))
        case .plain:
            let name = section.name.name
            guard ConfigurationSchema.sections.contains(name) else {
                let origin = section.settings.first?.setting
                let hint = Spelling.question(name, among: ConfigurationSchema.sections)
                return [problem("extra keys not allowed @ data['\(name)']", origin, hint)]
            }
            return faults(in: section, options: ConfigurationSchema.plain[name] ?? [:]) + exclusionFaults(section)
        }
    }

    private static func remoteFaults(_ section: MergedSettings.Section) -> [ConfigurationError.Problem] {
        let place = "for dictionary value @ \(location(section.name))"
        guard let url = section.settings.first(where: { $0.key == "url" })?.setting else {
            return [problem("expected 'url' \(place)", section.settings.first?.setting)]
        }
        let scheme = ConfiguredPath.scheme(url.value.text ?? "")
        guard let options = ConfigurationSchema.options(forScheme: scheme) else {
            return [problem("Unsupported URL type \(scheme):// \(place)", url)]
        }
        return faults(in: section, options: options, allowsUnknown: scheme == "remote")
    }

    private static func faults(
        in section: MergedSettings.Section,
        options: [String: ConfigurationOption],
        allowsUnknown: Bool = false
    ) -> [ConfigurationError.Problem] {
        section.settings.compactMap { key, setting in
            let place = "\(location(section.name))['\(key)']"
            guard let option = options[key] else {
                let isTolerated = allowsUnknown || section.name == SectionName("feature")
                let hint = Spelling.question(key, among: options.keys.sorted())
                return isTolerated ? nil : problem("extra keys not allowed @ \(place)", setting, hint)
            }
            if allowsUnknown, key != "url" { return nil }
            return option.type.fault(in: setting.value).map {
                problem("\($0) for dictionary value @ \(place)", setting)
            }
        }
    }

    private static func exclusionFaults(_ section: MergedSettings.Section) -> [ConfigurationError.Problem] {
        guard section.name.name == "hydra" else { return [] }
        let both = section.settings.filter { $0.key == "config_dir" || $0.key == "config_module" }
        guard both.count > 1 else { return [] }
        let message = "two or more values in the same group of exclusion 'config_source'"
        return [problem("\(message) @ data['hydra'][<config_source>]", both.last?.setting)]
    }

    private static func location(_ section: SectionName) -> String {
        section.kind == .plain ? "data['\(section.name)']" : "data['\(section.kind.rawValue)']['\(section.name)']"
    }

    private static func problem(
        _ message: String,
        _ origin: Setting?,
        _ hint: String? = nil
    ) -> ConfigurationError.Problem {
        .init(path: origin?.path ?? "", line: origin?.line ?? 0, message: message, hint: hint)
    }
}
