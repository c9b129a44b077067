// Scripts and templates of the mini-program. What is about words and rules is in tools/lint.
import wxmlParser from '@wxml/parser';
import wxml from 'eslint-plugin-wxml';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['tools/**', '**/*.json'] },
  {
    files: ['**/*.ts'],
    extends: [...ts.configs.strict, ...ts.configs.stylistic],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-restricted-globals': ['error', ...['window', 'document', 'fetch', 'localStorage', 'TextEncoder', 'TextDecoder', 'URL', 'AbortController', 'performance', 'globalThis'].map((name) => ({ name, message: 'WeChat’s logic layer has none.' }))],
      'no-restricted-syntax': [
        'error',
        { selector: 'CallExpression[callee.name=/^(eval|Function)$/], NewExpression[callee.name="Function"]', message: 'WeChat refuses code from texts.' },
        { selector: 'CallExpression[callee.object.name="wx"][callee.property.name=/Sync$/]', message: 'Holds the page up; there is one that does not.' },
      ],
      // The typings of WeChat make pages out of objects, and their `this` out of thin air.
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      // A function that may hand something back, or nothing.
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/no-unused-vars': 'off' } },
  {
    files: ['**/*.wxml'],
    plugins: { wxml },
    languageOptions: { parser: wxmlParser },
    rules: {
      'wxml/report-wxml-syntax-error': 'error',
      'wxml/report-interpolation-error': 'error',
      'wxml/no-duplicate-attributes': 'error',
      'wxml/no-inconsistent-tagname': 'error',
      'wxml/no-dynamic-wx-key': 'error',
      'wxml/no-vue-directive': 'error',
      'wxml/no-wx-for-with-wx-else': 'error',
      'wxml/no-wx-if-string': 'error',
      'wxml/forbid-tags': ['error', { forbid: ['div', 'span', 'p', 'a', 'img', 'ul', 'li', 'section', 'web-view'].map((tag) => ({ tag, message: 'no element of WeChat’s' })) }],
    },
  },
);
