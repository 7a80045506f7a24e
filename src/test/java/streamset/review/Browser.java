package streamset.review;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;

/** Debian's Chromium without a screen, and a server that has one page for it and notes what it asks for. */
final class Browser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20); // for a page or a script
    private static final Duration LIMIT_OF_A_COMMAND = Duration.ofSeconds(60); // the start of the browser is one, too
    private static final int HEIGHT = 900;

    // it would say at each start that it knows no special commands of this browser's version, and none are used
    private static final Logger LOG = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        LOG.setLevel(Level.SEVERE);
    }

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ChromeDriver driver;
    private volatile String page = "";

    /** @param profile an empty folder */
    Browser(Path profile) throws IOException {
        this.driver = driver(profile);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI().toString());
            var bytes = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    private static ChromeDriver driver(Path profile) {
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // which root cannot have
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        System.setProperty(ChromeDriverService.CHROME_DRIVER_EXE_PROPERTY, "/usr/bin/chromedriver");
        var driver = new ChromeDriver(
                ChromeDriverService.createDefaultService(),
                options,
                ClientConfig.defaultConfig().readTimeout(LIMIT_OF_A_COMMAND));
        driver.manage().timeouts().pageLoadTimeout(LIMIT).scriptTimeout(LIMIT);
        return driver;
    }

    /** Shows a page, and what the browser asks the server for. */
    List<String> open(String html) {
        page = html;
        requests.clear();
        driver.get("http://127.0.0.1:" + server.getAddress().getPort() + "/page");
        return List.copyOf(requests);
    }

    /** @param scheme {@code light} or {@code dark} */
    void looks(int width, String scheme) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", "", "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Shows the page as on paper. */
    void prints() {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
    }

    /** Whether scripts of pages run from now on. */
    void runsScripts(boolean runs) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !runs));
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The result that a script hands to its last argument. */
    Object await(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    void presses(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Goes with the tabulator to an element, from where the browser is. */
    void tabsTo(String selector) {
        var wanted = driver.findElement(By.cssSelector(selector));
        for (int times = 0; times < 50; times++) {
            if (wanted.equals(driver.switchTo().activeElement())) {
                return;
            }
            presses(Keys.TAB);
        }
        throw new AssertionError("no way by keyboard to " + selector);
    }

    /** What the browser has had to complain about since the last time. */
    List<String> messages() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        try {
            driver.quit();
        } finally {
            server.stop(0);
        }
    }
}
