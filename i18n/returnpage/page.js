'use strict';
(() => {
	const words = {{.Words}};
	const life = 5 * 60 * 1000; // Amazon's code
	const began = Date.now();
	const address = location.href;
	const search = location.search;
	const query = new URLSearchParams(search);
	// The code leaves the address bar and the history before anything else happens.
	try { history.replaceState(null, '', location.pathname); } catch { }
	const $ = id => document.getElementById(id);
	const kind = query.has('error') ? (query.get('error') === 'access_denied' ? 'denied' : 'error')
		: query.has('spapi_oauth_code') ? 'code'
		: query.has('amazon_callback_uri') ? 'login' : 'nothing';
	let lang = 'en', copied = false;
	find: for (const wanted of navigator.languages) {
		for (const tag in words) {
			if (wanted.split('-')[0] === tag.split('-')[0]) { lang = tag; break find; }
		}
	}
	function show() {
		const w = words[lang], left = Math.max(0, Math.ceil((began + life - Date.now()) / 1000));
		const now = kind === 'code' && left === 0 ? 'expired' : kind;
		document.documentElement.lang = lang;
		$('title').textContent = w[now + '_title'];
		$('todo').textContent = w[now + '_todo'];
		$('left').textContent = w.left + ': ' + Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
		$('left').hidden = now !== 'code';
		$('back').textContent = w.back;
		$('back').hidden = now !== 'code';
		$('copy').textContent = w.copy;
		$('copy').hidden = now !== 'code' && now !== 'login';
		$('copied').textContent = copied && !$('copy').hidden ? w.copied : '';
		for (const b of document.querySelectorAll('[data-lang]')) {
			b.hidden = false;
			b.setAttribute('aria-pressed', String(b.dataset.lang === lang));
		}
	}
	async function copy() {
		try {
			await navigator.clipboard.writeText(address);
			copied = true;
		} catch { // no permission, or no https
			const area = document.createElement('textarea');
			area.value = address;
			document.body.append(area);
			area.select();
			copied = document.execCommand('copy');
			area.remove();
			$('copy').focus();
		}
		show();
	}
	for (const b of document.querySelectorAll('[data-lang]')) {
		b.addEventListener('click', () => { lang = b.dataset.lang; show(); });
	}
	$('back').setAttribute('href', 'sellerkey://return' + search);
	$('copy').addEventListener('click', copy);
	$('plain').hidden = true;
	$('answer').hidden = false;
	show();
	setInterval(show, 1000);
})();
