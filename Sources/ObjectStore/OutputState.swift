/// What a metafile records of an output.
package struct OutputState: Hashable, Sendable {
    package let id: ObjectID
    /// The bytes of the file, or of all files of the directory.
    package let size: Int
    /// The number of files; nil unless the output is a directory.
    package let fileCount: Int?
    /// Whether a single file has its owner's execute bit; directories never do.
    package let isExecutable: Bool

    package init(id: ObjectID, size: Int, fileCount: Int? = nil, isExecutable: Bool = false) {
        self.id = id
        self.size = size
        self.fileCount = fileCount
        self.isExecutable = isExecutable
    }
}
