// Taps as a person makes them: on what is seen. A radio button or a switch is drawn by its label and is itself too small to hit; a tap that is forced onto the
// input would also pass where the label is covered or leads nowhere.

/** Taps the label of a radio button, a check box or a switch. */
export async function tapLabel(input) {
  const label = await input.evaluateHandle((element) => element.labels[0]);
  await label.asElement().click();
}
