/// Why bytes are no Protocol Buffers message.
enum ProtobufError: Error, Hashable, CustomStringConvertible {
    case truncated
    case longVarint
    case invalidTag
    case deepGroups

    var description: String {
        switch self {
        case .truncated: "the message ends early"
        case .longVarint: "the message has a number of more than 64 bits"
        case .invalidTag: "the message has an invalid field"
        case .deepGroups: "the message has groups too deep"
        }
    }
}
