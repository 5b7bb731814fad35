import Values

extension Value {
    /// The kind of the value, in words.
    var kindName: String {
        switch self {
        case .null: "nothing"
        case .bool(let flag): flag ? "true" : "false"
        case .int, .bigInt: "an integer"
        case .float: "a number"
        case .string: "a string"
        case .date: "a date"
        case .list: "a list"
        case .map: "a mapping"
        }
    }

    /// The name of the type in Python.
    var pythonType: String {
        switch self {
        case .null: "NoneType"
        case .bool: "bool"
        case .int, .bigInt: "int"
        case .float: "float"
        case .string: "str"
        case .date: "date"
        case .list: "list"
        case .map: "dict"
        }
    }
}
