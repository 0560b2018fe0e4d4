/** Settings of every rig: a quiet workbench that asks for nothing on the network. */
export const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
};

/** With workspace trust on: opens folders in Restricted Mode without asking first. */
export const restrictedModeSettings = {
  'security.workspace.trust.startupPrompt': 'never',
};
