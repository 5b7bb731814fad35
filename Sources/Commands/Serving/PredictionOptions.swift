import ArgumentParser
import Basics
import Projects
import Serving

/// The log of predictions.
struct PredictionOptions: ParsableArguments {
    @Option(
        name: .customLong("prediction-log"),
        help: ArgumentHelp(
            "A file for a line of JSON with inputs and outputs for each prediction, or none.",
            valueName: "path"
        )
    )
    var target: String?

    @Option(name: .customLong("prediction-log-sample"), help: "Of the predictions, write one in so many.")
    var sampling: Int?

    /// What the options say, and what `apus.yaml` says where they say nothing.
    func settings(_ definition: PredictionLogDefinition?, directory: String) -> PredictionLog.Options? {
        if target == "none" { return nil }
        guard let path = target.map({ Paths.absolute($0, from: directory) }) ?? definition?.path else { return nil }
        var settings = PredictionLog.Options(path: path)
        if let count = sampling ?? definition?.sampling { settings.sampling = max(1, count) }
        if let size = definition?.maxSize { settings.maxFileSize = size }
        if let count = definition?.maxFiles { settings.maxFiles = count }
        if let size = definition?.largestValue { settings.largestValue = size }
        return settings
    }
}
