// The documents of all three services in one page. Nothing is asked of anybody else: no validator, no fonts.
const documents = ['booking', 'availability', 'live'].map((name) => ({ name, url: `/v1/openapi/${name}.yaml` }));

window.ui = SwaggerUIBundle({
  urls: documents,
  'urls.primaryName': 'booking',
  dom_id: '#docs',
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  persistAuthorization: false,
  validatorUrl: null,
});
