// Stands in for the native module @vscode/native-watchdog, which is not built here.
exports.start = () => {};
