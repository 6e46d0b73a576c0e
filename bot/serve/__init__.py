"""The outside: what people start and talk to. `setup` alone decides what the parts are made of."""
