"""The rules of nomination, selection and replacement: pure functions over what was submitted."""
