import Inference

extension GRPCConnection {
    /// Takes down what is asked, for metrics and the log of predictions.
    func note(_ pending: PendingInference, _ stream: GRPCStream) {
        let request = pending.request
        stream.model = shared.number(of: request.model)
        guard let predictions = core.predictions, stream.model > 0, predictions.wants(&shared.predictionCounter) else {
            return
        }
        let record = PredictionRecord(
            service: request.model,
            version: request.version ?? "",
            route: String(stream.method.name)
        )
        record.id = pending.id.isEmpty ? String(UInt64.random(in: .min ... .max), radix: 16) : pending.id
        record.inputs = .tensors(request.inputs)
        record.time = Clock.now
        stream.prediction = record
    }

    /// Gives the log what was asked and how it ended.
    func log(_ result: Result<ProviderResponse, InferenceError>, of stream: GRPCStream) {
        guard let record = stream.prediction else { return }
        switch result {
        case .success(let response):
            record.version = response.version
            record.outputs = .tensors(response.outputs)
            finish(record, .ok, stream)
        case .failure(let error): log(GRPCStatus(error), of: stream)
        }
    }

    func log(_ status: GRPCStatus, of stream: GRPCStream) {
        guard let record = stream.prediction else { return }
        record.error = status.message
        finish(record, status.code, stream)
    }

    private func finish(_ record: PredictionRecord, _ code: GRPCStatus.Code, _ stream: GRPCStream) {
        stream.prediction = nil
        // Until now the time is that of the beginning.
        core.predictions?.append(record, status: code.httpStatus, Clock.now &- record.time)
    }
}
