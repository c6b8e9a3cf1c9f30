/** How a <Choice> begins in HTML: where the question of a <Predict> ends. */
export const choiceStart = '<li data-choice="'
