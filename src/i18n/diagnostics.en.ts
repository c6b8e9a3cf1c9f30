// What each diagnostic of a manifest means and how to cure it, in English. Keys: the codes of manifest/diagnostic.ts.
export const diagnosticsEn = {
  'yaml-indentation':
    'The indentation does not line up. Keys of one mapping start in the same column, and so do the dashes of one list. Compare this line with the lines above it that belong to the same level: often it is one space too far left or right.',
  'yaml-missing-colon':
    'A key was begun here but no colon follows. Write `key: value`, with the colon and a space. If the line belongs to a text that started above (after `|` or a quote), indent it further than its key.',
  'yaml-colon-in-value':
    'There is a second `key:` where a value was expected. Either the line above already has a value, so this line must not be indented further; or the value itself contains a colon followed by a space, then put it in quotes.',
  'yaml-dash':
    'A list item cannot start here. The dash belongs on a line of its own below the key, not behind it: write `key:` and then, on the next line, `- item`.',
  'yaml-tab':
    'There is a tab in the indentation. YAML allows only spaces there: replace the tab by spaces (two for each level).',
  'yaml-quote':
    'A quote was opened and never closed. Close it on the same line, with the same kind of quote it began with.',
  'yaml-flow':
    'Inside `[ ]` and `{ }`, entries are separated by commas and the bracket must be closed. A comma or the closing bracket is missing.',
  'yaml-first-character':
    'A value cannot begin with this character. A tab must become spaces; a value that begins with @, ` or % must be put in quotes.',
  'yaml-no-value':
    'Something is missing here: a value was expected, such as a text, a number, `[ ]` or `{ }`.',
  'yaml-block-header':
    'After `|` or `>` nothing but a comment may follow on the same line. The text itself starts on the next line, indented.',
  'yaml-escape':
    'Inside double quotes a backslash starts an escape such as `\\n`, and this one does not exist. Write `\\\\` for a backslash, or use single quotes, in which a backslash is just a backslash.',
  'yaml-control':
    'There is an invisible control character in the text, probably from copying. Delete it and type the line again.',
  'yaml-anchor':
    '`&name` marks a value and `*name` repeats it; here this does not fit together. If you meant the character itself, put the value in quotes.',
  'yaml-aliasing':
    'Aliases in this document repeat so much that reading it was refused. Write the values out.',
  'yaml-depth': 'This document is nested too deeply to be read.',
  'yaml-separator':
    'A line that starts with three dashes separates documents; behind the dashes only a comment may follow. Write exactly `---`.',
  'yaml-key': 'A key must be a simple text. Lists, mappings and empty keys cannot be keys.',
  'yaml-other': 'This is not valid YAML: {problem}. Compare the line with those around it.',
  'json-syntax':
    'The file begins with `{`, so it is read as JSON, and here JSON is broken: {problem}. In JSON every name stands in double quotes and entries are separated by commas.',
  'full-width':
    'The character {character} is a full-width or typographic one; YAML knows only plain ASCII characters, here: `{plain}`. Switch the input method to English punctuation and type it again.',
  invisible:
    'There is an invisible or unusual space character here ({character}), probably from copying a web page. Delete the line and type it again.',
  'duplicate-key':
    'The key `{key}` already stands on line {line}. Only the last one counts; the earlier value is silently lost. Remove one, or merge the two.',
  'too-long-to-check':
    'Texts of more than {longest} characters are not checked while you write. kubectl reads this one all the same: `kubectl apply --dry-run=server -f FILE` says what is wrong with it.',
  'not-an-object':
    'A manifest is a mapping that begins with `apiVersion:` and `kind:`. This document is something else, perhaps a list or a piece of text.',
  'missing-api-version':
    'Every object says with `apiVersion` which version of the API it is written for. Add a line such as `apiVersion: {near}` at the top.',
  'missing-kind':
    'Every object says with `kind` what it is. Add a line such as `kind: {near}` at the top. If this is the second half of another document, a `---` above it is one too many.',
  'type-not-text':
    'The value of `{field}` must be a text. YAML takes it for a number, a truth value or a structure; put it in quotes or correct it.',
  'unknown-kind':
    'The cluster knows no kind `{kind}` in `{apiVersion}`. `kubectl api-resources` lists what it knows.',
  'unknown-kind-case':
    'There is no kind `{kind}`. Did you mean `{near}`? Kinds are written in CamelCase, upper and lower case matter.',
  'unknown-kind-near': 'There is no kind `{kind}`. Did you mean `{near}`?',
  'foreign-kind':
    '`{kind}` of `{apiVersion}` is no kind of Kubernetes itself. A CustomResourceDefinition has to define it: check its file together with this one, and apply it first.',
  'other-version':
    '`{kind}` is not served as `{apiVersion}`. Write `apiVersion: {near}` (served: {versions}).',
  'duplicate-object':
    'The file already has a {kind} named `{name}` (line {line}). The second would overwrite the first: give it a name of its own.',
  'unknown-field':
    'There is no field `{field}` here. Check the spelling and the indentation: `kubectl explain` shows the fields of every level.',
  'unknown-field-case': 'There is no field `{field}`. Did you mean `{near}`? Upper and lower case matter.',
  'unknown-field-near': 'There is no field `{field}`. Did you mean `{near}`?',
  'unknown-field-elsewhere':
    '`{field}` exists, but it does not belong here: its place is under `{where}`. Move it there; most likely only the indentation is wrong.',
  'missing-space':
    'After the colon a space is missing, so the whole of it is read as one text. Write `{key}: {value}`.',
  'want-list':
    'A list is expected here. Begin each item with a dash and a space (`- …`), or write `[ ]`; one item is also a list.',
  'want-object':
    'A mapping is expected here, with `key: value` lines indented below the key, not a single value or a list. If there is a dash before the keys, remove it.',
  'want-text':
    'A text is expected here, but YAML reads `{value}` as something else: a number, true or false (also yes, no, on, off), or a structure. If you mean the text, put it in quotes.',
  'want-number':
    'A whole number is expected here, without quotes, unit or decimal point; `{value}` is not one.',
  'want-boolean': 'Write `true` or `false` here, without quotes; `{value}` is neither.',
  unquote: 'In quotes this is a text. Write `{value}` without the quotes.',
  'bad-quantity':
    '`{value}` is not a quantity. CPU is written as `500m` or `0.5`, memory as `64Mi` or `1Gi`: a number and a unit, with no space between them.',
  'bad-time': '`{value}` is not a time. Write it as `2026-04-22T10:00:00Z`.',
  'bad-base64':
    'The values of `data` in a Secret are base64. Encode it (`echo -n … | base64`), or put the plain text under `stringData`.',
  required:
    '`{path}` must be given, and it is missing or empty. Add it here; `kubectl explain` tells what it takes.',
  'required-name': 'The object needs a name: add `name:` under `metadata:` (or `generateName:`).',
  'selector-mismatch':
    'The selector must match the labels of the pods that it creates: everything under `spec.selector.matchLabels` must stand in `spec.template.metadata.labels` too, with the same values. Otherwise it would never find its own pods.',
  'empty-selector':
    'An empty selector would match every pod. Say under `spec.selector.matchLabels` which labels its pods have, the same as in the template.',
  'not-supported': '`{value}` is not one of the values that `{field}` takes: {supported}.',
  'not-supported-near': '`{field}` does not take `{value}`. Did you mean `{near}`? It takes: {supported}.',
  'toleration-comparison':
    'Comparing numbers with `{value}` needs the feature gate TaintTolerationComparisonOperators, which is off unless a cluster turns it on. Without it `operator` takes: {supported}.',
  'duplicate-value':
    '`{value}` is used twice where each value may stand only once. Rename or remove one of them.',
  'not-found':
    '`{value}` refers to something that this object does not have. Check the spelling of the name.',
  'volume-not-found':
    'The mount refers to a volume `{value}`, but `spec.volumes` has none of that name. The two names must be the same: add the volume or correct the name.',
  forbidden: '`{path}` cannot be used like this: {detail}.',
  'too-long': 'The value is too long: {detail}.',
  'too-many': 'The number of entries is not allowed here: {detail}.',
  negative: '`{field}` cannot be negative: write 0 or more.',
  'port-range': 'A port is a number from 1 to 65535; `{value}` is not.',
  'port-name':
    'A port name has at most 15 characters: lower case letters, digits and hyphens, with at least one letter.',
  'dns-name':
    '`{value}` cannot be a name here. Names consist of lower case letters, digits and hyphens, and begin and end with a letter or a digit: no upper case, no underscore, no space.',
  'label-key':
    '`{value}` cannot be a key. A key consists of letters, digits, `-`, `_` and `.`, at most 63 characters, beginning and ending with a letter or digit; a prefix such as `example.com/` may stand before it.',
  'label-value':
    '`{value}` cannot be the value of a label. Values consist of letters, digits, `-`, `_` and `.`, at most 63 characters, and begin and end with a letter or digit. Longer texts belong into annotations.',
  'requests-over-limits':
    'A container cannot ask for more than it may use: the request must not be larger than the limit. Raise the limit or lower the request.',
  'probe-handler':
    'A probe must say how to probe: give exactly one of `httpGet`, `tcpSocket`, `exec` or `grpc` below it.',
  'restart-policy':
    'Pods of this kind of object need a `restartPolicy` that fits it: a Job ends, so it takes `Never` or `OnFailure`; a Deployment, StatefulSet or DaemonSet runs forever, so it takes only `Always`.',
  'image-missing':
    'Every container needs an image: add `image:` with a name and a tag, such as `nginx:1.27`.',
  invalid: '`{value}` is not allowed for `{field}`: {detail}.',
  'server-warning': 'The cluster accepts this, but warns: {warning}.',
  'service-selects-nothing':
    'The Service `{name}` selects pods with {selector}, but no pod template in this file has these labels. It would have no endpoints, and connections would be refused. Make the selector and the labels the same.',
  'service-port-nowhere':
    'The Service `{name}` sends to the port named `{port}`, but no container that it selects has a port of that name. Correct the name, or write the port number.',
} as const
