/// What lets somebody in at a registry; its text shows nothing of it.
package enum Credential: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    case basic(user: String, password: String)
    /// To be changed into tokens (OAuth 2's refresh token).
    case identityToken(String)
    /// To be sent as it is.
    case registryToken(String)

    package var description: String { "a credential" }
    package var debugDescription: String { description }
}
