"""Signatures: by which trace on a site a technology gives itself away."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """Where a trace stands."""

    HEADER = "header"
    SCRIPT = "script"
    GENERATOR = "generator"
    LINK = "link"


SIGNATURES: tuple[tuple[str, Place, str], ...] = (
    # content and shops
    ("WordPress", Place.GENERATOR, "wordpress"),
    ("WordPress", Place.SCRIPT, "/wp-content/"),
    ("WordPress", Place.SCRIPT, "/wp-includes/"),
    ("WooCommerce", Place.SCRIPT, "/plugins/woocommerce/"),
    ("WooCommerce", Place.GENERATOR, "woocommerce"),
    ("Elementor", Place.SCRIPT, "/plugins/elementor"),
    ("TYPO3", Place.GENERATOR, "typo3"),
    ("TYPO3", Place.SCRIPT, "/typo3temp/"),
    ("Joomla", Place.GENERATOR, "joomla"),
    ("Drupal", Place.GENERATOR, "drupal"),
    ("Drupal", Place.HEADER, "x-generator: drupal"),
    ("Contao", Place.GENERATOR, "contao"),
    ("Wix", Place.GENERATOR, "wix.com"),
    ("Wix", Place.SCRIPT, "static.parastorage.com"),
    ("Squarespace", Place.SCRIPT, "squarespace.com/"),
    ("Webflow", Place.GENERATOR, "webflow"),
    ("Jimdo", Place.SCRIPT, "jimstatic.com"),
    ("Ghost", Place.GENERATOR, "ghost"),
    ("Hugo", Place.GENERATOR, "hugo"),
    ("PrestaShop", Place.GENERATOR, "prestashop"),
    ("Magento", Place.SCRIPT, "/static/frontend/magento"),
    ("Shopware", Place.SCRIPT, "/bundles/storefront/"),
    ("Shopify", Place.SCRIPT, "cdn.shopify.com"),
    ("Shopify", Place.HEADER, "x-shopify"),
    ("HubSpot CMS", Place.GENERATOR, "hubspot"),
    # customers, marketing, support
    ("HubSpot", Place.SCRIPT, "js.hs-scripts.com"),
    ("HubSpot", Place.SCRIPT, ".hsforms.net"),
    ("Salesforce", Place.SCRIPT, ".force.com/"),
    ("Salesforce", Place.LINK, ".my.site.com/"),
    ("Salesforce Account Engagement", Place.SCRIPT, "pi.pardot.com"),
    ("Marketo", Place.SCRIPT, "munchkin.marketo.net"),
    ("Zoho", Place.SCRIPT, ".zoho."),
    ("Pipedrive", Place.SCRIPT, "pipedrive"),
    ("ActiveCampaign", Place.SCRIPT, "trackcmp.net"),
    ("Mailchimp", Place.SCRIPT, "chimpstatic.com"),
    ("Mailchimp", Place.LINK, ".list-manage.com/"),
    ("Brevo", Place.SCRIPT, "sibautomation.com"),
    ("Intercom", Place.SCRIPT, "widget.intercom.io"),
    ("Zendesk", Place.SCRIPT, "static.zdassets.com"),
    ("Zendesk", Place.LINK, ".zendesk.com/"),
    ("Freshworks", Place.SCRIPT, ".freshchat.com"),
    ("Drift", Place.SCRIPT, "js.driftt.com"),
    ("Tawk.to", Place.SCRIPT, "embed.tawk.to"),
    ("Userlike", Place.SCRIPT, "userlike"),
    ("Calendly", Place.SCRIPT, "assets.calendly.com"),
    ("Calendly", Place.LINK, "//calendly.com/"),
    ("Typeform", Place.SCRIPT, "embed.typeform.com"),
    ("Doctolib", Place.LINK, "doctolib."),
    ("Doctolib", Place.SCRIPT, "doctolib."),
    # measuring and consent
    ("Google Tag Manager", Place.SCRIPT, "googletagmanager.com/gtm.js"),
    ("Google Analytics", Place.SCRIPT, "googletagmanager.com/gtag/"),
    ("Google Analytics", Place.SCRIPT, "google-analytics.com"),
    ("Matomo", Place.SCRIPT, "/matomo"),
    ("Matomo", Place.SCRIPT, "/piwik"),
    ("Plausible", Place.SCRIPT, "plausible.io/js"),
    ("Hotjar", Place.SCRIPT, "static.hotjar.com"),
    ("Microsoft Clarity", Place.SCRIPT, "clarity.ms"),
    ("LinkedIn Insight", Place.SCRIPT, "snap.licdn.com"),
    ("Meta Pixel", Place.SCRIPT, "connect.facebook.net"),
    ("Segment", Place.SCRIPT, "cdn.segment.com"),
    ("Cookiebot", Place.SCRIPT, "consent.cookiebot.com"),
    ("Usercentrics", Place.SCRIPT, "usercentrics"),
    ("OneTrust", Place.SCRIPT, "cdn.cookielaw.org"),
    # building blocks and hosting
    ("Next.js", Place.SCRIPT, "/_next/static"),
    ("Nuxt", Place.SCRIPT, "/_nuxt/"),
    ("React", Place.SCRIPT, "react-dom"),
    ("Vue.js", Place.SCRIPT, "vue.global"),
    ("Angular", Place.SCRIPT, "angular.min.js"),
    ("jQuery", Place.SCRIPT, "jquery"),
    ("Bootstrap", Place.SCRIPT, "bootstrap.min"),
    ("Stripe", Place.SCRIPT, "js.stripe.com"),
    ("PayPal", Place.SCRIPT, "paypal.com/sdk"),
    ("reCAPTCHA", Place.SCRIPT, "google.com/recaptcha"),
    ("Google Maps", Place.SCRIPT, "maps.googleapis.com"),
    ("Sentry", Place.SCRIPT, "browser.sentry-cdn.com"),
    ("PHP", Place.HEADER, "x-powered-by: php"),
    ("ASP.NET", Place.HEADER, "x-powered-by: asp.net"),
    ("Express", Place.HEADER, "x-powered-by: express"),
    ("nginx", Place.HEADER, "server: nginx"),
    ("Apache", Place.HEADER, "server: apache"),
    ("Microsoft IIS", Place.HEADER, "server: microsoft-iis"),
    ("Cloudflare", Place.HEADER, "server: cloudflare"),
    ("Vercel", Place.HEADER, "server: vercel"),
    ("Netlify", Place.HEADER, "server: netlify"),
    ("Amazon CloudFront", Place.HEADER, "cloudfront"),
    ("Fastly", Place.HEADER, "x-served-by: cache-"),
    # people and applicants
    ("Personio", Place.LINK, ".personio."),
    ("Greenhouse", Place.LINK, ".greenhouse.io/"),
    ("Lever", Place.LINK, ".lever.co/"),
    ("Ashby", Place.LINK, ".ashbyhq.com/"),
    ("Workable", Place.LINK, ".workable.com/"),
    ("Recruitee", Place.LINK, ".recruitee.com/"),
    ("SmartRecruiters", Place.LINK, ".smartrecruiters.com/"),
    ("Teamtailor", Place.LINK, ".teamtailor.com/"),
    # transport and logistics
    ("Trans.eu", Place.LINK, ".trans.eu/"),
    ("TIMOCOM", Place.LINK, ".timocom."),
    ("Transporeon", Place.LINK, ".transporeon.com/"),
    ("project44", Place.LINK, ".project44.com/"),
    ("Shippeo", Place.LINK, ".shippeo.com/"),
    ("Webfleet", Place.LINK, ".webfleet.com/"),
)
"""Technology, where its trace stands, and the trace in lower case."""
