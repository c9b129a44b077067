// What WXSS takes. It knows no universal selector, no attributes and no layers, and `rem` would not follow her text size.
export default {
  rules: {
    'unit-no-unknown': [true, { ignoreUnits: ['rpx'] }],
    'unit-disallowed-list': ['rem'],
    'selector-max-universal': 0,
    'selector-max-attribute': 0,
    'selector-max-id': 0,
    'selector-type-no-unknown': [true, { ignoreTypes: ['view', 'text', 'image', 'picker'] }],
    'selector-pseudo-class-allowed-list': ['active', 'first-child', 'last-child', 'not', 'only-child'],
    'selector-pseudo-element-allowed-list': ['after', 'before'],
    'at-rule-allowed-list': ['media', 'keyframes'],
    'media-feature-name-no-unknown': true,
    'property-no-unknown': true,
    'function-no-unknown': true,
    'color-no-invalid-hex': true,
    'block-no-empty': true,
    'custom-property-no-missing-var-function': true,
    'declaration-block-no-duplicate-properties': [true, { ignore: ['consecutive-duplicates-with-different-values'] }],
    'declaration-block-no-shorthand-property-overrides': true,
  },
};
