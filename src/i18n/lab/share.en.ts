// Words of what leaves the lab for others and of what comes from them.
export const words = {
  shareTitle: 'Share this cluster',
  shareHolds:
    'The link holds: seed, options, {commands} {commands|command|commands}, {files} {files|file|files}, moment {time} ({size}). Whoever opens it sees the same bytes.',
  shareAnchor: 'All of it stands behind the #: no server gets it.',
  shareOnePath: 'Other ways that you took do not fit into a link; they are in the file.',
  shareTooLong:
    'What you did does not fit into a link ({commands} {commands|command|commands}, {files} {files|file|files}, moment {time}). Save it as a file: who drops that into a lab sees the same bytes.',
  shareAddress: 'Link',
  shareCopy: 'Copy',
  shareSave: 'Save as a file',
  shareExport: 'Export as a script',
  foreignTitle: 'Somebody’s cluster',
  foreignHolds: '{commands} {commands|command|commands}, {files} {files|file|files}, up to {time}.',
  foreignActs: 'Changes to the cluster itself: {n}.',
  foreignNodes: 'Nodes: {n}.',
  foreignAnyImage: 'any image',
  foreignPaths: 'Ways through it: {n}.',
  foreignVersion: 'Another version of the simulator wrote it: some outputs may differ.',
  foreignKept: 'Nothing has run yet. What you did here yourself is set aside when you run it.',
  foreignRun: 'Run it',
  foreignLook: 'Look at the text',
  foreignDiscard: 'Discard it',
  foreignText: 'What would run',
  refused: {
    spoilt: 'This cannot be opened: it holds no cluster, or has been damaged on its way.',
    long: 'This is not opened: it holds more than a lab takes from others.',
    time: 'This is not opened: more time passes in it than a lab takes from others.',
    changed: 'This is not opened: the lesson has changed since it was made.',
  },
  elsewhere: 'This belongs to another lesson: {place}.',
  elsewhereGo: 'Open it there',
  cut: 'This takes too long: it stopped after {done} of {of} commands. You can go on from here.',
  exportName: 'cluster.sh',
  script: {
    head: 'Living Kubernetes, {place}, simulator {version}.\nCommands as they were typed, for a cluster of your own. Look through them before you run them.\nA whole lesson is played on your cluster, and compared, by: npm run examples -- --cluster',
    terminal: 'in terminal {n}',
    passed: '{time} passed',
    onlyHere: 'only in the simulator: {what}',
    edited: 'in the editor, {file} was saved as:',
    interrupted: 'Ctrl-C after {time}',
  },
  reportTitle: 'Report a fault of the simulator',
  reportLead:
    'Nothing is sent from here. Copy the text, and attach the file: with it, what you saw can be brought about again.',
  reportText:
    'What I did:\n\nWhat a real cluster does:\n\nWhat the simulator did:\n\nPlace: {place}\nSimulator: {version}\nBrowser: {browser}\nFile: {file} (attached)',
  reportCopy: 'Copy the text',
  reportSave: 'Save the file',
}

export type ShareWords = typeof words
