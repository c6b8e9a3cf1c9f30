// What the editor says once it is loaded whole.

export const editorEn = {
  propose: 'Complete',
  proposeKeys: 'Ctrl-Space',
  describe: 'What is this field?',
  describeKeys: 'F1, or Ctrl-K Ctrl-I',
  close: 'Close',
  required: 'required',
  ofCluster: 'in the cluster',
  ofText: 'in this file',
  values: 'Values: {values}',
  default: 'Default: {value}',
  nothing: 'The API says nothing of this place.',
  fix: 'Mend it',
  fixLabels: 'Give the pods the selector’s labels',
  fixSelector: 'Select the labels that the pods have',
  follows: 'gone with the problem above',
  reason: 'another parser says: {reason}',
  tabs: 'Open files',
  closeTab: 'Close {file}',
  changed: 'changed',
}

export type EditorWords = { readonly [K in keyof typeof editorEn]: string }
