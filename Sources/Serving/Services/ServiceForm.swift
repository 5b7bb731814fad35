/// What a service does between its clients and its model.
package struct ServiceForm: Sendable {
    package init() {}
}
