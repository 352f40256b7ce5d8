"""What becomes of a pass afterwards? Its standing, renewal, extension, replacement, correction, stacks, a death."""
