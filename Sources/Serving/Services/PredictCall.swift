import Inference

/// A request to `/predict`, as the model takes it.
struct PredictCall {
    var inputs: [NamedTensor]
    /// Whether one thing was asked about, not a list: the answer is one prediction then, not a list.
    var isSingle = false
}
