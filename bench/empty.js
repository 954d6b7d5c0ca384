// What loading nothing takes.
